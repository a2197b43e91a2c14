/** Guarded by the proxy of the manual. */
export function GET() {
  return Response.json({ reached: true });
}
