import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pageHeaders } from './headers.ts';
import { OPENAPI_PATH } from './openapi.ts';

const PATH = '/api/reference';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Leftoff API</title>
<link rel="stylesheet" href="${PATH}/swagger-ui.css">
<link rel="icon" href="${PATH}/favicon-32x32.png">
</head>
<body>
<div id="reference"></div>
<script src="${PATH}/swagger-ui-bundle.js"></script>
<script src="${PATH}/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: '${OPENAPI_PATH}', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

/** The files of the reference's own browser, as they come in its package, and what each is. */
const files: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** A page on which the API can be read and tried. Nothing of it is loaded before someone looks. */
export const serveReference = (app: FastifyInstance): void => {
  const folder = () => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const hidden = { schema: { hide: true } };
  const serve = (path: string, type: string, body: () => unknown) =>
    app.get(path, hidden, async (_request, reply) => reply.headers(pageHeaders).type(type).send(body()));
  serve(PATH, 'text/html; charset=utf-8', () => page);
  serve(`${PATH}/start.js`, 'text/javascript; charset=utf-8', () => start);
  for (const [name, type] of Object.entries(files)) {
    serve(`${PATH}/${name}`, type, () => createReadStream(join(folder(), name)));
  }
};
