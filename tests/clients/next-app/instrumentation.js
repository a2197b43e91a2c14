/** Without it Next takes the one of Keydesk, which is above. */
export function register() {}
