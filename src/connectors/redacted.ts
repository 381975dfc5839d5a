/** Names of query parameters that hold a secret, with any vendor. `t`, `s` and `p` are Subsonic's token, salt and password. */
const SECRET =
  /([?&;](?:api_?key|access_?token|auth_?token|token|x-plex-token|x-emby-token|x-mediabrowser-token|password|passwd|pwd|pw|pin|secret|t|s|p)=)[^&;#\s"']*/gi;
const SIGNED_IN = /(\/\/)[^/?#@\s]*@/g;

/** A URL, or a text with URLs in it, as it may be shown and logged: without passwords, tokens and keys. */
export const redacted = (text: string): string => text.replace(SECRET, '$1…').replace(SIGNED_IN, '$1…@');
