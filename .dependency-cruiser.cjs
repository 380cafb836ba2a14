/**
 * The house has floors and imports go down only:
 *
 *   routes, ingest, jobs  ->  processes  ->  modules  ->  platform        emails and ui render, nothing more
 *
 * Each rule says why in its comment; the message of a violation shows it.
 */

const tiers = {
  records: ['shops', 'customers', 'orders', 'visits'],
  capabilities: [
    'consent',
    'loyalty',
    'referrals',
    'affiliates',
    'signals',
    'carts',
    'segments',
    'messaging',
    'support',
    'feedback',
    'recommendations',
    'predictions',
  ],
  automation: ['flows', 'campaigns', 'insights', 'privacy'],
};

const modules = (...names) => `^app/modules/(${names.flat().join('|')})/`;
const { records, capabilities, automation } = tiers;

const serverFile = '\\.server\\.tsx?$';
const typeOnly = ['type-only', 'type-import'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // ---------------------------------------------------------------- floors
    {
      name: 'platform-is-the-ground-floor',
      comment: 'Platform knows nothing of shops, customers or points. What it needs to know is passed in.',
      severity: 'error',
      from: { path: '^app/platform/' },
      to: { path: '^(app/|server\\.ts$)', pathNot: '^app/(platform|generated)/' },
    },
    {
      name: 'modules-do-not-look-up',
      comment:
        'A rule that knows who calls it can be used by nobody else. Consequences across modules are the work of a process.',
      severity: 'error',
      from: { path: '^app/modules/' },
      to: { path: '^(app/|server\\.ts$)', pathNot: '^app/(modules|platform|generated|emails|ui)/' },
    },
    {
      name: 'processes-do-not-look-up',
      comment:
        'The same process runs for a webhook, a backfill and a retry: it must not know which of them it is.',
      severity: 'error',
      from: { path: '^app/processes/' },
      to: { path: '^(app/|server\\.ts$)', pathNot: '^app/(processes|modules|platform|generated|emails)/' },
    },
    {
      name: 'nobody-imports-routes',
      comment: 'Routes are entry points. What two routes share belongs to a module, to ui or to platform.',
      severity: 'error',
      from: { path: '^(app/|server\\.ts$)', pathNot: '^app/routes/' },
      to: { path: '^app/routes/' },
    },
    {
      name: 'routes-do-not-share-privately',
      comment: 'A file in the folder of one route is private to it.',
      severity: 'error',
      from: { path: '^app/routes/([^/]+)' },
      to: { path: '^app/routes/', pathNot: '^app/routes/$1' },
    },
    {
      name: 'rendering-only',
      comment: 'Blocks, layouts and charts receive data. One that fetches can be shown in one place only.',
      severity: 'error',
      from: { path: '^app/(emails|ui)/' },
      to: {
        path: '^(app/|server\\.ts$)',
        pathNot: [
          '^app/(emails|ui|platform)/',
          '^app/modules/[^/]+/types\\.ts$',
          '^app/modules/[^/]+/components/',
        ],
      },
    },
    {
      name: 'routes-do-not-touch-tables',
      comment: 'Modules own the tables. A query in a route is a rule that no test of a module sees.',
      severity: 'error',
      from: { path: '^app/(routes|ui|emails)/' },
      to: { path: '^app/generated/' },
    },

    // --------------------------------------------------------------- modules
    {
      name: 'modules-have-a-front-door',
      comment:
        'From outside, a module is index.server.ts (server) and types.ts (shared, pure). What lies behind may change any day.',
      severity: 'error',
      from: { path: '^(app/|server\\.ts$)', pathNot: '^app/modules/' },
      to: {
        path: '^app/modules/',
        pathNot: ['^app/modules/[^/]+/(index\\.server|types)\\.ts$', '^app/modules/[^/]+/components/'],
      },
    },
    {
      name: 'modules-have-a-front-door-for-each-other',
      comment: 'The same door for the neighbours.',
      severity: 'error',
      from: { path: '^app/modules/([^/]+)/' },
      to: {
        path: '^app/modules/',
        pathNot: ['^app/modules/$1/', '^app/modules/[^/]+/(index\\.server|types)\\.ts$'],
      },
    },
    {
      name: 'components-are-for-screens',
      comment:
        "A module's components are used by routes and ui; server code has nothing to render them with.",
      severity: 'error',
      from: { path: '^(app/|server\\.ts$)', pathNot: '^app/(routes|ui|modules)/' },
      to: { path: '^app/modules/[^/]+/components/' },
    },
    {
      name: 'every-module-has-a-tier',
      comment: 'A new module must be placed in a tier (at the top of this file) before it imports anything.',
      severity: 'error',
      from: { path: '^app/modules/', pathNot: modules(records, capabilities, automation) },
      to: {},
    },
    {
      name: 'records-stand-alone',
      comment: 'Records (what happened) are read by everything above and import no other module.',
      severity: 'error',
      from: { path: modules(records) },
      to: { path: '^app/modules/', pathNot: '^app/modules/$1/' },
    },
    {
      name: 'capabilities-use-records-only',
      comment:
        '"A qualified referral earns points" is not referrals -> loyalty. It is a process that calls both, in an order one can read.',
      severity: 'error',
      from: { path: modules(capabilities) },
      to: { path: '^app/modules/', pathNot: ['^app/modules/$1/', modules(records)] },
    },
    {
      name: 'automation-uses-what-is-below',
      comment: 'Flows, campaigns and privacy use records and capabilities, never each other.',
      severity: 'error',
      from: { path: modules(automation) },
      to: { path: '^app/modules/', pathNot: ['^app/modules/$1/', modules(records, capabilities)] },
    },
    {
      name: 'insights-reads-tables-only',
      comment: 'A report must not change because the module it reports on changed its code: it reads tables.',
      severity: 'error',
      from: { path: '^app/modules/insights/' },
      to: { path: '^app/modules/', pathNot: '^app/modules/insights/' },
    },

    // ------------------------------------------------------ browser or server
    {
      name: 'pure-files-stay-pure',
      comment:
        'A file without .server may reach the browser, where a database is not. Remix strips loaders from routes, root and entry files only.',
      severity: 'error',
      from: {
        path: '^app/.+\\.tsx?$',
        pathNot: [
          serverFile,
          '^app/(root|entry\\.[^/]+)\\.tsx?$',
          '^app/routes/[^/]+\\.tsx?$',
          '^app/routes/[^/]+/(route|index)\\.tsx?$',
          // Never part of a browser bundle:
          '^app/(ingest|processes|jobs)/',
          '^app/.+-cli\\.ts$',
        ],
      },
      to: { path: serverFile, dependencyTypesNot: typeOnly },
    },
    {
      name: 'app-does-not-know-its-workshop',
      comment:
        'dev/ and tests/ are not in the production image, and the stand-in store must share no code with the app.',
      severity: 'error',
      from: { path: '^(app/|server\\.ts$)' },
      to: { path: '^(dev|tests)/' },
    },
    {
      name: 'no-development-packages-in-production',
      comment:
        'The image is installed without devDependencies. (A dynamic import that says so when the package is missing is fine; app/routes.ts is read by the build alone.)',
      severity: 'error',
      from: { path: '^(app/|server\\.ts$)', pathNot: '^app/routes\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: typeOnly, dynamic: false },
    },

    // --------------------------------------------------------------- hygiene
    {
      name: 'no-cycles',
      comment:
        'Files in a circle can only be understood, tested and loaded together. Types alone are erased and do not count.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: typeOnly } },
    },
    {
      name: 'imports-resolve',
      comment: 'An import of nothing: a typing error, or a package that is not in package.json.',
      severity: 'error',
      from: {},
      // Written by the build of the app, after this check:
      to: { couldNotResolve: true, pathNot: '(^|/)build/server/index\\.js$|^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^app/generated/.+/(internal|models)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json', '.d.ts'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
