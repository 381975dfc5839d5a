import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a password fits its own hash alone, and no two hashes are the same', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horse', two)).toBe(true);
  expect(await verifyPassword('Correct horse', one)).toBe(false);
  expect(await verifyPassword('', one)).toBe(false);
});

test('the same letters, composed or not, are the same password', async () => {
  expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
});

test('without a hash nothing is right, and it takes as long as a wrong one', async () => {
  const hash = await hashPassword('correct horse');
  const time = async (kept: string | null) => {
    const began = performance.now();
    for (let index = 0; index < 5; index++) expect(await verifyPassword('wrong horse', kept)).toBe(false);
    return performance.now() - began;
  };
  await time(hash);
  const [unknown, known] = [await time(null), await time(hash)];
  expect(unknown / known).toBeGreaterThan(0.3);
  expect(unknown / known).toBeLessThan(3);
});

test('a damaged hash is a fault, not a wrong password', async () => {
  await expect(verifyPassword('x', '$2b$10$something')).rejects.toThrow('PHC');
});
