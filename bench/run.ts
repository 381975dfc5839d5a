import type { Bench } from './bench.ts';
import { http } from './http/http.ts';
import { progress } from './progress/progress.ts';
import { sync } from './sync/sync.ts';
import { asFigures, asText } from './table.ts';
import { watchState } from './watch-state/watch-state.ts';

const benches: Bench[] = [http, progress, watchState, sync];

const json = process.argv.includes('--json');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));

if (names.length === 0 || unknown.length > 0) {
  for (const name of unknown) console.error(`There is no bench named ${name}.`);
  console.log('npm run bench -- NAME [--json]\n');
  for (const bench of benches) console.log(`  ${bench.name.padEnd(12)}${bench.says}`);
  process.exitCode = unknown.length > 0 ? 1 : 0;
}

for (const bench of unknown.length > 0 ? [] : benches.filter(({ name }) => names.includes(name))) {
  const report = await bench.run();
  console.log(`\n${bench.name}: ${bench.says}\n\n${asText(report)}`);
  if (json) console.log(JSON.stringify(asFigures(bench.name, report)));
}
