/** An element as the parser gives it: children and `@attributes` by name; several of one name are a list. */
export type NfoElement = Record<string, unknown>;

export const isElement = (value: unknown): value is NfoElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One, several or none of an element, as a list. */
export const all = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** The text of the first such element, trimmed; undefined where there is none. */
export const text = (value: unknown): string | undefined => {
  const [first] = all(value);
  const content = isElement(first) ? first['#text'] : first;
  const trimmed = typeof content === 'string' ? content.trim() : '';
  return trimmed === '' ? undefined : trimmed;
};

export const attribute = (element: unknown, name: string): string | undefined =>
  isElement(element) ? text(element[`@${name}`]) : undefined;

/** A number written with a decimal point or comma. */
export const numeral = (written: string | undefined): number | undefined =>
  written !== undefined && /^-?\d{1,12}(?:[.,]\d+)?$/.test(written) ? Number(written.replace(',', '.')) : undefined;
