export const seconds = (time: number) =>
  new Promise((resolve) => setTimeout(resolve, time * 1_000));
