import { withKey } from '@keydesk/verify/next';
import { ip, verifier } from '../../../verifier.js';

async function show(request, { params }) {
  const { id } = await params;
  const { keyId, user } = request.keydesk;
  return Response.json({ id, keyId, username: user.username });
}

export const GET = withKey(verifier, show, { scopes: ['reports:read'], ip });
