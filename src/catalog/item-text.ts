import type { MediaItemId } from '#kernel/ids.ts';
import type { Page } from '#kernel/page.ts';
import { Written } from '#kernel/route.ts';
import { type RowState, rowStateText } from './row-state.ts';
import type { ShownItem } from './shown-item.ts';

/** A page of items, each with the viewer's state of it, as an answer. */
export const writtenItems = (page: Page<ShownItem>, states: ReadonlyMap<MediaItemId, RowState>): Written =>
  writtenPage(page, (item) => withState(item, states.get(item.id)));

/** One item with the viewer's state of it, as an answer. */
export const writtenItem = (item: ShownItem, state: RowState | undefined): Written =>
  new Written(withState(item, state));

/** The item's text stays as it was written; only the state is written anew. */
const withState = ({ json }: ShownItem, state: RowState | undefined): string =>
  state ? `${json.slice(0, -1)},"state":${rowStateText(state)}}` : json;

/** A page of rows that hold an item each, as an answer; `rest` gives the row without it. */
export const writtenRows = <Row extends { item: ShownItem }>(page: Page<Row>, rest: (row: Row) => object): Written =>
  writtenPage(page, (row) => `{"item":${row.item.json},${JSON.stringify(rest(row)).slice(1)}`);

/** A page of rows that are written one by one, as an answer. */
export const writtenPage = <Row>({ items, next }: Page<Row>, text: (row: Row) => string): Written => {
  const rows = items.map(text);
  const end = `],"next":${JSON.stringify(next)}}`;
  if (rows.length === 0) return new Written(`{"items":[${end}`);
  // Joined once with what stands around them: a page is copied at every further step.
  rows[0] = `{"items":[${rows[0]}`;
  rows[rows.length - 1] += end;
  return new Written(rows.join(','));
};
