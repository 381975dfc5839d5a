import type { Aim, Report, Row } from './bench.ts';

/** A report as text for people. */
export const asText = ({ rows, aims, notes }: Report): string =>
  [
    ...aligned([['', 'a second', 'median ms', 'p99 ms', 'CPU µs each'], ...rows.map(cells)]),
    '',
    ...aims.map(
      (aim) => `${met(aim) ? 'met   ' : 'MISSED'}  ${aim.says}: ${short(aim.figure)} (aim ${short(aim.aim)})`,
    ),
    '',
    ...notes,
  ].join('\n');

/** A report as one flat object of figures: `itemById.cpuMicros` and the like. */
export const asFigures = (bench: string, { rows, aims }: Report): Record<string, number | string | boolean> => {
  const figures: Record<string, number | string | boolean> = { bench };
  for (const { name, ...row } of rows) {
    for (const [figure, value] of Object.entries(row)) figures[`${camel(name)}.${figure}`] = round(value);
  }
  for (const aim of aims) {
    figures[camel(aim.says)] = round(aim.figure);
    figures[`${camel(aim.says)}.met`] = met(aim);
  }
  return figures;
};

const met = ({ figure, aim, better }: Aim): boolean => (better === 'higher' ? figure >= aim : figure <= aim);

const cells = (row: Row): string[] => [
  row.name,
  row.perSecond.toFixed(0),
  row.medianMs.toFixed(3),
  row.p99Ms.toFixed(3),
  row.cpuMicros.toFixed(1),
];

const aligned = (lines: string[][]): string[] => {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
};

const camel = (words: string): string =>
  words.toLowerCase().replace(/[^a-z0-9]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');

const round = (value: number): number => Number(value.toPrecision(4));
const short = (value: number): string => String(Number(value.toPrecision(3)));
