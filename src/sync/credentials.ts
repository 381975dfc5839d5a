import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError, unavailable } from '#kernel/errors.ts';

/** Seals passwords of media servers for keeping, and opens them for use. */
export interface Credentials {
  seal(secret: string): string;
  /** @throws AppError `unavailable` when it was sealed with another key or has been changed */
  open(sealed: string): string;
  /** Whether it is sealed with the present key; else it is one for sealing anew. */
  isPresent(sealed: string): boolean;
}

/**
 * AES-256-GCM. A sealed text is `v1.<key id>.<nonce>.<tag>.<ciphertext>`; the key id is a digest of the key, by which the
 * key that opens a text is known while there are two.
 * @param present 32 bytes, which all is sealed with
 * @param former the key before, while something is sealed with that still
 */
export const createCredentials = (present: Uint8Array, former: Uint8Array | null = null): Credentials => {
  const keys = new Map([...(former ? [former] : []), present].map((key) => [keyId(key), key]));
  const id = keyId(present);
  return {
    seal: (secret) => seal(present, id, secret),
    open: (sealed) => {
      const [version, sealedBy = '', nonce, tag, ciphertext] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || tag === undefined || ciphertext === undefined) throw damaged();
      const key = keys.get(sealedBy);
      if (!key) throw otherKey();
      return open(key, `${version}.${sealedBy}`, nonce, tag, ciphertext);
    },
    isPresent: (sealed) => sealed.startsWith(`${VERSION}.${id}.`),
  };
};

const keyId = (key: Uint8Array): string => {
  if (key.length !== 32) throw new AppError('internal', 'The secret key must be 32 bytes long.');
  return createHash('sha256').update('leftoff key id').update(key).digest('hex').slice(0, 8);
};

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';

const seal = (key: Uint8Array, id: string, secret: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(`${VERSION}.${id}`));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  const parts = [nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'));
  return [VERSION, id, ...parts].join('.');
};

const open = (key: Uint8Array, head: string, nonce: string, tag: string, ciphertext: string): string => {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
      .setAAD(Buffer.from(head))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw damaged();
  }
};

const otherKey = () =>
  unavailable(
    'The stored password was sealed with another secret key. Put the former key back, or enter the password again.',
  );
const damaged = () => unavailable('The stored password is damaged. Enter it again.');
