import { watchPosts } from './components/posting/watch-posts';

/** The part of Trusted Types that is used here. TypeScript's library does not include it yet. */
type TrustedTypes = {
  createPolicy: (name: string, rules: Record<string, (text: string) => string | null>) => unknown;
};

/** React makes a script element that does not run from this text, the only one that may become HTML. */
const emptyScript = '<script></script>';

/**
 * Runs before the page hydrates. The page's policy allows text to become a script or markup only through this
 * one, which accepts exactly what the framework needs: its own files.
 */
(window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
  createHTML: (text) => (text === emptyScript ? text : null),
  createScriptURL: (text) => {
    const { origin, pathname } = new URL(text, location.href);
    return origin === location.origin && pathname.startsWith('/_next/static/') ? text : null;
  },
});

watchPosts();
