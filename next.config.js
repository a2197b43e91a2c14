/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Read from disk at start, so no import leads the tracer to them.
  outputFileTracingIncludes: { '/**': ['./db/migrations/**'] },
  outputFileTracingExcludes: {
    '/**': ['./.data/**', './tests/**', './docs/**', './scripts/**'],
    // The framework's image resizer, which `unoptimized` switches off: 20 MB.
    'next-server': ['./node_modules/{sharp,@img,detect-libc,semver}/**'],
  },
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pino', 'prom-client'],
  experimental: {
    // For pages that were fetched ahead, in seconds: how old a list may be that a click shows.
    staleTimes: { static: 30 },
    // A form of ours is a few hundred bytes; a CSV of 10,000 users is about 700 KB.
    serverActions: { bodySizeLimit: '1mb' },
  },
};
