import pg from 'pg';
import { startPostgres } from '../test/support/postgres.ts';

/** Works with a PostgreSQL: the one of `LEFTOFF_TEST_POSTGRES_URL`, or one that is started for the time. */
export const onPostgres = async <T>(work: (server: string) => Promise<T>): Promise<T> => {
  const given = process.env.LEFTOFF_TEST_POSTGRES_URL;
  if (given) return work(given);
  const server = await startPostgres();
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
};

/**
 * Makes a database.
 * @param server URL of one on the same server that may be used to make others
 */
export const newDatabase = async (server: string, name: string): Promise<{ url: string; drop(): Promise<void> }> => {
  await ask(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(server, `DROP DATABASE ${name} WITH (FORCE)`) };
};

const ask = async (server: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
};
