import { serveAlone } from '@/lib/server/serve-alone';

// Always run as a bundle, beside the list of migrations that readiness is compared with.
process.chdir(import.meta.dirname);
await serveAlone();
