// @ts-check

/** A refusal by the API, in its own words. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {{ code: string, message: string, faults?: { path: string, message: string }[], requestId?: string }} error
   */
  constructor(status, error) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.faults = error.faults ?? [];
    this.requestId = error.requestId ?? null;
  }
}

/** The server did not answer at all, or something else answered in its place. */
export class Away extends Error {
  constructor() {
    super('The server does not answer. Nothing you typed is lost; try again when it runs.');
  }
}

/** What the page does when the session has ended. */
let signedOut = () => {};

/** @param {() => void} react */
export const onSignedOut = (react) => {
  signedOut = react;
};

/**
 * Asks the API.
 * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path under /api/v1
 * @param {unknown} [body]
 * @returns {Promise<any>} the answer; undefined where there is none
 * @throws {Refusal | Away}
 */
export const ask = async (method, path, body) => {
  const answer = await send(method, path, body);
  const content = await contentOf(answer);
  if (answer.ok) return content;
  // A proxy that finds nobody behind it answers with a page of its own.
  if (typeof content?.error?.message !== 'string') throw new Away();
  if (answer.status === 401 && path !== '/session') signedOut();
  throw new Refusal(answer.status, content.error);
};

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 */
const send = async (method, path, body) => {
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new Away();
  }
};

/** @param {Response} answer */
const contentOf = async (answer) => {
  if (answer.status === 204) return undefined;
  try {
    return await answer.json();
  } catch {
    throw new Away();
  }
};

/**
 * The words for anything that went wrong.
 * @param {unknown} error
 */
export const sentenceOf = (error) => {
  if (error instanceof Away) return error.message;
  if (!(error instanceof Refusal)) {
    reportError(error);
    return 'This page made a mistake. Load it again.';
  }
  return error.code === 'internal' && error.requestId ? `${error.message} (request ${error.requestId})` : error.message;
};
