/** Bytes of a body that are kept at the most. */
export const KEPT = 64 * 1024;

/**
 * What is kept of a delivery's body: forms without their pictures, of which Plex adds one to each, and not more than
 * {@link KEPT}. A body that was cut can be shown, and mostly not be read again.
 */
export const keptOf = (contentType: string, bytes: Uint8Array): Uint8Array =>
  withoutPictures(contentType, bytes).subarray(0, KEPT);

const withoutPictures = (contentType: string, bytes: Uint8Array): Uint8Array => {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return bytes;
  // One letter a byte, so that nothing is changed on the way.
  const parts = Buffer.from(bytes).toString('latin1').split(`--${boundary}`);
  return Buffer.from(parts.filter((part) => !isPicture(part)).join(`--${boundary}`), 'latin1');
};

const boundaryOf = (contentType: string): string | undefined => {
  if (!/^multipart\//i.test(contentType)) return undefined;
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType) ?? [];
  return quoted ?? plain;
};

const isPicture = (part: string): boolean => {
  const end = part.indexOf('\r\n\r\n');
  return end > 0 && end < 2000 && /^content-type:\s*image\//im.test(part.slice(0, end));
};
