import { expect, test } from 'vitest';
import { createEventBus } from './events.ts';

test('listeners hear their own topic, in order, until they end it', () => {
  const bus = createEventBus();
  const heard: string[] = [];
  const endFirst = bus.subscribe('viewers', ({ at }) => heard.push(`first ${at}`));
  bus.subscribe('viewers', ({ at }) => heard.push(`second ${at}`));
  bus.subscribe('change', () => heard.push('change'));
  bus.publish('viewers', { at: 1 });
  endFirst();
  bus.publish('viewers', { at: 2 });
  expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
});
