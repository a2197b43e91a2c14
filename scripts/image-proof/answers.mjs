/** answers.mjs URL STATUS [METHOD]: ends with 0 if the address answers with the status. */
const [url, expected, method = 'GET'] = process.argv.slice(2);
try {
  const { status } = await fetch(url, { method, redirect: 'manual' });
  process.stdout.write(`${method} ${url} answers ${status}\n`);
  process.exitCode = String(status) === expected ? 0 : 1;
} catch (error) {
  process.stdout.write(`${url}: ${error.cause?.code ?? error.message}\n`);
  process.exitCode = 1;
}
