/** NIST SP 800-63B-4 requires fifteen characters for a password alone and eight beside a second factor. */
export const shortestPassword = 15;
export const shortestBesideSecondFactor = 8;
export const longestPassword = 128;
