import type { Static, TSchema } from 'typebox';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Http, ShapedAsk } from '../http.ts';

/** Elements that are lists, however many there are. */
const LISTS = new Set(['User', 'Server', 'SharedServer']);

/** Asks for one of the few things that Plex tells in XML alone; attributes become fields, all of them text. */
export const readXml = async <S extends TSchema>(
  http: Http,
  path: string,
  { shape, headers, ...ask }: ShapedAsk<S>,
): Promise<Static<S>> => {
  const answer = await http.send('GET', path, { ...ask, headers: { ...headers, accept: 'application/xml' } });
  const value = await parseXml(answer.body);
  if (shape.check(value)) return value;
  throw new ConnectorError('bad_answer', `Plex answered ${path} with what it should not: ${shape.fault(value)}`);
};

/** The parser is loaded when it is first needed: most programs never are. */
export const parseXml = async (text: string): Promise<unknown> => {
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (name) => LISTS.has(name),
  });
  try {
    const value: Record<string, unknown> = parser.parse(text);
    // An element without attributes and content is read as an empty text.
    return value.MediaContainer === '' ? { ...value, MediaContainer: {} } : value;
  } catch (error) {
    throw new ConnectorError('bad_answer', 'Plex answered with XML that cannot be read.', error);
  }
};
