declare module 'token-introspection' {
  type Options = {
    endpoint: string;
    client_id?: string;
    client_secret?: string;
    access_token?: string;
  };
  function tokenIntrospection(
    options: Options,
  ): (token: string) => Promise<Record<string, unknown>>;
  export = tokenIntrospection;
}
