/** Set at sign-out, so that the next answer tells the browser to forget what it has kept of us. */
export const signedOutCookie = 'keydesk.signed-out';
