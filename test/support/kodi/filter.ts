/** Kodi's filters, as far as they are asked. */
export type Filter = { or: Filter[] } | { and: Filter[] } | { field: string; operator: string; value: string };

/** Whether a row passes, by the rules measured on a real Kodi. Throws for what is not known here, so that no test passes on a filter that is none. */
export const passes = (row: Record<string, unknown>, filter: Filter | undefined): boolean => {
  if (filter === undefined) return true;
  if ('or' in filter) return filter.or.some((one) => passes(row, one));
  if ('and' in filter) return filter.and.every((one) => passes(row, one));
  const rule = rules[`${filter.field} ${filter.operator}`];
  if (!rule) throw new Error(`The fake knows no filter ${filter.field} ${filter.operator}.`);
  return rule(row, filter.value);
};

const rules: Record<string, (row: Record<string, unknown>, value: string) => boolean> = {
  'lastplayed greaterthan': (row, value) => String(row.lastplayed ?? '') > value,
  'inprogress true': (row) => ((row.resume as { position?: number } | undefined)?.position ?? 0) > 0,
  // The name alone, without its folders.
  'filename is': (row, value) => String(row.file).split('/').at(-1) === value,
};
