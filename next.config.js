/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // The server reads these at start, so the tracer finds no import of them.
  outputFileTracingIncludes: { '/**': ['./db/migrations/**'] },
  outputFileTracingExcludes: {
    '/**': ['./.data/**', './tests/**', './docs/**', './scripts/**'],
    // The framework's image resizer, which `unoptimized` switches off: 20 MB.
    'next-server': ['./node_modules/{sharp,@img,detect-libc,semver}/**'],
  },
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pino', 'prom-client'],
  experimental: {
    // How old a prefetched page may be when a click shows it, in seconds.
    staleTimes: { static: 30 },
    // A form of ours is a few hundred bytes; a CSV of 10,000 users is about 700 KB.
    serverActions: { bodySizeLimit: '1mb' },
  },
};
