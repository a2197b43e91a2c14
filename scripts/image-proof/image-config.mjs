import { readFileSync } from 'node:fs';

/** Converts the output of `buildah inspect` into variables for bash. */
const { Docker } = JSON.parse(readFileSync(0, 'utf8'));
const { config } = Docker;
const quote = (text) => `'${String(text).replaceAll("'", `'\\''`)}'`;
const list = (items) => `(${(items ?? []).map(quote).join(' ')})`;

process.stdout.write(
  [
    `image_user=${quote(config.User)}`,
    `image_folder=${quote(config.WorkingDir)}`,
    `image_signal=${quote(config.StopSignal ?? '')}`,
    `image_environment=${list(config.Env)}`,
    `image_command=${list([...(config.Entrypoint ?? []), ...(config.Cmd ?? [])])}`,
    `image_health=${list(config.Healthcheck?.Test?.slice(1))}`,
    `image_ports=${quote(Object.keys(config.ExposedPorts ?? {}).join(' '))}`,
    '',
  ].join('\n'),
);
