import type { MediaItemId } from '#kernel/ids.ts';
import type { Page } from '#kernel/page.ts';
import { Written } from '#kernel/route.ts';
import type { ItemView } from './item-schema.ts';
import { type RowState, rowStateJson } from './row-state.ts';

/** An item as JSON, written once for as long as it is kept: lists write little else. */
const itemText = (item: ItemView): string => {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  texts.set(item, text);
  return text;
};

const texts = new WeakMap<ItemView, string>();

/** A page of items, each with the viewer's state of it, as an answer. */
export const writtenItems = (page: Page<ItemView>, states: ReadonlyMap<MediaItemId, RowState>): Written =>
  writtenPage(page, (item) => withState(item, states, itemText(item)));

/** One item with the viewer's state of it, as an answer. */
export const writtenItem = (item: ItemView, states: ReadonlyMap<MediaItemId, RowState>): Written =>
  // Only looked up: an item that no list showed is not kept, so that its text need not be either.
  new Written(withState(item, states, texts.get(item) ?? JSON.stringify(item)));

/** The item's text stays as it was written; only the state is written anew. */
const withState = (item: ItemView, states: ReadonlyMap<MediaItemId, RowState>, text: string): string => {
  const state = states.get(item.id);
  return state ? `${text.slice(0, -1)},"state":${JSON.stringify(rowStateJson(state))}}` : text;
};

/** A page of rows that hold an item each, as an answer; `rest` gives the row without it. */
export const writtenRows = <Row extends { item: ItemView }>(page: Page<Row>, rest: (row: Row) => object): Written =>
  writtenPage(page, (row) => `{"item":${itemText(row.item)},${JSON.stringify(rest(row)).slice(1)}`);

const writtenPage = <Row>({ items, next }: Page<Row>, text: (row: Row) => string): Written =>
  new Written(`{"items":[${items.map(text).join(',')}],"next":${JSON.stringify(next)}}`);
