/** How to authenticate (RFC 6750, 3). A request without a key gets no error code. */
export function challenge({ error, scope }: { error?: string; scope?: string } = {}) {
  const parts = [
    'Bearer realm="Keydesk"',
    ...(error ? [`error="${error}"`] : []),
    ...(scope ? [`scope="${scope}"`] : []),
  ];
  return { 'WWW-Authenticate': parts.join(', ') };
}
