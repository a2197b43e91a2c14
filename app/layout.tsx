import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import './globals.css';
import { pageLabels } from './page-labels';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
});

/** In the page itself, for a request of its own is worth more than its 300 bytes. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2a55cc"/><path d="M15 17 24 8m-3.5 3.5 3 3M16 20.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

export const metadata: Metadata = {
  icons: { icon },
  title: { default: pageLabels.product, template: `%s · ${pageLabels.product}` },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries a nonce of its own, the one for a wrong address too: none is prerendered.
  await connection();
  return (
    <html lang="en" className={inter.variable}>
      <body>{children}</body>
    </html>
  );
}
