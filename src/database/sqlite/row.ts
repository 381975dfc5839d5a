/** Makes an object of a row's values. */
export type MakeRow = (values: unknown[]) => unknown;

/**
 * Rows come as arrays and become objects here: node:sqlite takes up to twice as long for a row when it makes the object
 * itself. The maker is a text compiled for these columns, as the quickest way to an object of a known shape.
 * @param columns in order; of those with the same name the last counts
 */
export const rowMaker = (columns: readonly string[]): MakeRow => {
  const known = makers.get(columns.join('\n'));
  if (known) return known;
  const fields = columns.map((name, at) => `${JSON.stringify(name)}: values[${at}]`);
  const make = new Function('values', `return { ${fields.join(', ')} };`) as MakeRow;
  if (makers.size >= MOST_KEPT) makers.clear();
  makers.set(columns.join('\n'), make);
  return make;
};

/** Statements of the same columns give objects of the same shape. */
const makers = new Map<string, MakeRow>();
const MOST_KEPT = 1000;
