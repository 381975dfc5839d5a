// The end of a CI run: one line of numbers from the test report, and an exit code that is not 0 when anything failed.
import { readFileSync } from 'node:fs';

const [report, tests, checks] = process.argv.slice(2);

const read = () => {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A file that could not even be loaded holds no failed test.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
    ).length;
    return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
};

const { passed, failed: failedTests, skipped } = read();
// The run of tests may fail without a failed test (an error between tests), and `npm run check` counts as one that failed.
const failed = Math.max(failedTests, tests === '0' ? 0 : 1) + (checks === '0' ? 0 : 1);
if (passed === 0) console.log('No test ran.');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
