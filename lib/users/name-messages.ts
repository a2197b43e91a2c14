/** What is said of a name that somebody typed. */
export const nameMessages = {
  looksLike: (username: string) =>
    `This looks like the name of user "${username}". If it is somebody else, save anyway.`,
} as const;
