/** Cuts a list into pieces, so that no statement carries more than a few hundred values. */
export const chunks = <T>(list: readonly T[], size = 200): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
