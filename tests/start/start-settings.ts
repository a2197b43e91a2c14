import { refusedStart } from './processes';

/** What a start needs, used nowhere else. */
export const secrets = {
  AUTH_URL: 'https://keys.example.org',
  AUTH_SECRET: 'b2f1c7d0a94e4b0f8c3d5e6f7a8b9c0d1e2f',
  KEY_PEPPER: `1:${Buffer.from('a pepper that is 32 bytes long!!').toString('base64')}`,
  AUDIT_KEY: Buffer.from('an audit key with 32 bytes here!').toString('base64'),
};

export const withDatabase = (url: string) => refusedStart({ ...secrets, DATABASE_URL: url });
