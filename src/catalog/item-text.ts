import type { Page } from '#kernel/page.ts';
import { Written } from '#kernel/route.ts';
import type { ItemView } from './item-schema.ts';

/** An item as JSON, written once for as long as it is kept: lists write little else. */
const itemText = (item: ItemView): string => {
  const known = texts.get(item);
  if (known !== undefined) return known;
  const text = JSON.stringify(item);
  texts.set(item, text);
  return text;
};

const texts = new WeakMap<ItemView, string>();

/** A page of items, as an answer. */
export const writtenItems = (page: Page<ItemView>): Written => writtenPage(page, itemText);

/** A page of rows that hold an item each, as an answer; `rest` gives the row without it. */
export const writtenRows = <Row extends { item: ItemView }>(page: Page<Row>, rest: (row: Row) => object): Written =>
  writtenPage(page, (row) => `{"item":${itemText(row.item)},${JSON.stringify(rest(row)).slice(1)}`);

const writtenPage = <Row>({ items, next }: Page<Row>, text: (row: Row) => string): Written =>
  new Written(`{"items":[${items.map(text).join(',')}],"next":${JSON.stringify(next)}}`);
