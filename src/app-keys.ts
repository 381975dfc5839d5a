import type { Audit } from '#audit/audit.ts';
import { processEnvironment } from '#config/environment.ts';
import { loadSecretKeys } from '#config/secret-key.ts';
import { forgetFormerKey } from '#config/secret-key-change.ts';
import type { Database } from '#database/database.ts';
import type { Logger } from '#kernel/logger.ts';
import { type Credentials, createCredentials } from '#sync/credentials.ts';
import { type Resealed, sealAnew } from '#sync/rotate.ts';

/** What secrets are sealed with, and the end of a change of the key. */
export interface Keys {
  credentials: Credentials;
  /** Seals anew what the former key sealed, and forgets that. @returns null where there is no former key */
  sealAnew(parts: { database: Database; audit: Audit }): Promise<Resealed | null>;
}

/** @throws AppError `invalid` for a wrong key, `unavailable` when its file cannot be read or made */
export const openKeys = async (dataDir: string, logger: Logger): Promise<Keys> => {
  const { present, former } = await loadSecretKeys({ dataDir, environment: processEnvironment(), logger });
  const credentials = createCredentials(present, former);
  return {
    credentials,
    sealAnew: async (parts) => {
      if (former === null) return null;
      const resealed = await sealAnew({ ...parts, credentials });
      await forgetFormerKey(dataDir);
      for (const what of resealed.lost) logger.warn({}, `${what} was sealed with a key that is gone: enter it again`);
      return resealed;
    },
  };
};
