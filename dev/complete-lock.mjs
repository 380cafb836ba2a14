// Run after every change of dependencies: `node dev/complete-lock.mjs`. When a registry does not offer an optional package for
// every platform, npm leaves those platforms out of the lock file, and `npm ci` then refuses the file as out of step.
// This adds them, so that the lock is the same wherever it was made.
import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;
const added = [];
const find = (from, name) => {
  for (let base = from; ; base = base.slice(0, base.lastIndexOf('/node_modules/'))) {
    const key = `${base ? base + '/' : ''}node_modules/${name}`;
    if (packages[key]) return key;
    if (!base) return null;
    if (!base.includes('/node_modules/')) {
      if (packages[`node_modules/${name}`]) return `node_modules/${name}`;
      return null;
    }
  }
};
const oses = {
  android: 'android',
  darwin: 'darwin',
  macos: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
};
const cpus = {
  arm64: 'arm64',
  x64: 'x64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  loongarch64: 'loong64',
  mips64el: 'mips64el',
};
for (const [key, entry] of Object.entries({ ...packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (find(key, name)) continue;
    const parts = name.split(/[-/]/);
    const os = parts.map((p) => oses[p]).find(Boolean);
    const cpu = parts.map((p) => cpus[p]).find(Boolean);
    if (!os) {
      console.log('unknown platform', key, name, range);
      continue;
    }
    if (!/^\d/.test(range)) {
      console.log('not exact', key, name, range);
      continue;
    }
    const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) && os === 'linux' ? 'glibc' : null;
    if (os === 'linux' && cpu === 'x64' && libc !== 'musl') {
      console.log('NEEDED HERE', key, name, range);
      continue;
    }
    const nested = key.includes('/node_modules/') && packages[`node_modules/${name}`];
    packages[nested ? `${key}/node_modules/${name}` : `node_modules/${name}`] = {
      version: range,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc: [libc] } : {}),
      license: entry.license,
      optional: true,
      os: [os],
    };
    added.push(`${name}@${range}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log('added', added.length);
