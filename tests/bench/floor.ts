/** The upper limit of node:http: it reads nothing and answers the same few bytes. */
import { createServer } from 'node:http';

const body = '{"valid":true,"code":"VALID"}';
const headers = { 'Content-Type': 'application/json', 'Content-Length': String(body.length) };

let answers = 0;
const server = createServer((request, response) => {
  answers += 1;
  request.resume();
  response.writeHead(200, headers).end(body);
});
process.on('message', () =>
  process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage(), answers }),
);
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => process.send?.('listening'));
