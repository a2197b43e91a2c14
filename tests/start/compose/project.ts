import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import yaml from 'js-yaml';
import { interpolate } from '../../deploy/interpolate';
import { images } from './images';

/** A service as it is run: everything of the file that matters here, with what its image adds. */
export type Service = {
  name: string;
  project: string;
  command: string[];
  user: string;
  folder: string;
  stopSignal: NodeJS.Signals;
  environment: Record<string, string>;
  /** What appears where in its files. */
  mounts: [from: string, to: string][];
  health: string[] | null;
  /** The services that must be there first, and whether they must be healthy. */
  needs: { name: string; healthy: boolean }[];
};

type Written = {
  image: string;
  user?: string;
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string | number>;
  volumes?: string[];
  secrets?: string[];
  depends_on?: string[] | Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
};
type File = {
  name: string;
  services: Record<string, Written>;
  secrets?: Record<string, { file: string }>;
};

export const volumes = '/var/lib/containers';

export function readProject(file: string, given: Record<string, string>): Service[] {
  const document = filledIn(yaml.safeLoad(readFileSync(file, 'utf8')), given) as File;
  return Object.entries(document.services).map(([name, written]) =>
    serviceOf(document, name, written, dirname(resolve(file))),
  );
}

/** Puts in the variables of each text. Only after the file was parsed, because one may be empty. */
function filledIn(value: unknown, given: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => filledIn(one, given));
  if (typeof value === 'object' && value !== null) {
    const all = Object.entries(value).map(([name, one]) => [name, filledIn(one, given)]);
    return Object.fromEntries(all);
  }
  if (typeof value !== 'string') return value;
  const text = interpolate(value, given);
  const [, missing] = /<(\w+) is missing>/.exec(text) ?? [];
  if (missing) throw new Error(`required variable ${missing} is missing a value`);
  return text;
}

function serviceOf(document: File, name: string, written: Written, folder: string): Service {
  const image = images[written.image.split(':')[0] ?? ''];
  if (!image) throw new Error(`There is no image ${written.image}.`);
  const secrets = (written.secrets ?? []).map((secret): [string, string] => [
    resolve(folder, document.secrets?.[secret]?.file ?? ''),
    `/run/secrets/${secret}`,
  ]);
  const binds = (written.volumes ?? []).map((volume): [string, string] => {
    const [from = '', to = ''] = volume.split(':');
    return [/^[./]/.test(from) ? resolve(folder, from) : `${volumes}/${document.name}_${from}`, to];
  });
  const given = Object.entries(written.environment ?? {}).map(([key, value]) => [key, `${value}`]);
  return {
    name,
    project: document.name,
    command: [...(written.entrypoint ?? image.entrypoint), ...(written.command ?? image.command)],
    user: written.user ?? image.user,
    folder: image.folder,
    stopSignal: image.stopSignal,
    environment: { ...image.environment, ...Object.fromEntries(given) },
    mounts: [...image.mounts, ...secrets, ...binds],
    health: written.healthcheck?.test.slice(1) ?? image.health,
    needs: needsOf(written.depends_on),
  };
}

function needsOf(given: Written['depends_on'] = []): Service['needs'] {
  if (Array.isArray(given)) return given.map((name) => ({ name, healthy: false }));
  return Object.entries(given).map(([name, { condition }]) => ({
    name,
    healthy: condition === 'service_healthy',
  }));
}
