import { watchPosts } from './components/posting/watch-posts';

/** What of Trusted Types is used here; TypeScript's library does not know it yet. */
type TrustedTypes = {
  createPolicy: (name: string, rules: Record<string, (text: string) => string | null>) => unknown;
};

/** How React makes a script element that does not run: the only text that may become a document. */
const emptyScript = '<script></script>';

/**
 * Runs before the page comes alive. The policy of the page lets text become script or markup only
 * through this one, which knows what the framework needs: its own files, and nothing else.
 */
(window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
  createHTML: (text) => (text === emptyScript ? text : null),
  createScriptURL: (text) => {
    const { origin, pathname } = new URL(text, location.href);
    return origin === location.origin && pathname.startsWith('/_next/static/') ? text : null;
  },
});

watchPosts();
