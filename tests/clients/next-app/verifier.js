import { createVerifier } from '@keydesk/verify';

export const verifier = createVerifier({
  url: process.env.KEYDESK_URL ?? '',
  serviceKey: process.env.KEYDESK_SERVICE_KEY ?? '',
});

export const ip = () => '127.0.0.1';
