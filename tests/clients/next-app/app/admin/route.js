/** Guarded by `proxy.js`. */
export function GET() {
  return Response.json({ reached: true });
}
