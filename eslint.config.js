// @ts-check
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The only doors to the environment: everything else receives what it needs as an argument. */
const readsEnvironment = [
  'app/platform/env.server.ts',
  'dev/**',
  'tests/**',
  '**/*.config.{js,ts,mjs,cjs}',
  'prisma.config.ts',
];

const noEnvironment = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'Read the environment through app/platform/env.server.ts, which checks it once at start.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]',
    message: 'Read the environment through app/platform/env.server.ts, which checks it once at start.',
  },
];

const noHiddenClock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Take `now: Date` as input (the entry point asks platform/clock), so that tests can move time.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Take `now: Date` as input (the entry point asks platform/clock), so that tests can move time.',
  },
];

const noModuleMocks = [
  {
    selector: 'CallExpression[callee.object.name="vi"][callee.property.name=/^(do)?[mM]ock$/]',
    message:
      'Test against the real thing (database, queue, stand-in store) and not against a mock of our own code.',
  },
];

export default tseslint.config(
  {
    name: 'ignored',
    ignores: [
      '**/node_modules/**',
      'build/**',
      'public/**',
      'coverage/**',
      '.data/**',
      '.cache/**',
      '.shopify/**',
      '**/generated/**',
      '**/*.generated.*',
      'extensions/*/dist/**',
      'extensions/*/shopify.d.ts',
      'tests/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    name: 'javascript',
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        URL: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        module: 'writable',
        performance: 'readonly',
        process: 'readonly',
        require: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    name: 'scripts of the storefront run in a browser',
    files: ['extensions/storefront/assets/*.js'],
    languageOptions: {
      globals: {
        URLSearchParams: 'readonly',
        crypto: 'readonly',
        document: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    name: 'typescript',
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // `() => doIt()` is how handlers are written.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Remix: a thrown Response is control flow.
      '@typescript-eslint/only-throw-error': [
        'error',
        {
          allow: [
            { from: 'lib', name: 'Response' },
            { from: 'package', name: 'TypedResponse', package: '@remix-run/server-runtime' },
          ],
        },
      ],
      // React event handlers may be async.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Overflows the stack on the recursive types of graphql-js (typescript-eslint 8.73).
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Interfaces ask for async functions that have nothing to wait for yet.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...noEnvironment],
    },
  },
  {
    name: 'shipped code writes to the log, not to the console',
    files: ['app/**', 'extensions/**', 'server.ts'],
    ignores: ['app/**/*-cli.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'server code has no clock of its own',
    files: ['app/**/*.server.{ts,tsx}'],
    ignores: ['app/platform/**'],
    rules: { 'no-restricted-syntax': ['error', ...noEnvironment, ...noHiddenClock] },
  },
  {
    name: 'doors to the environment',
    files: readsEnvironment,
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    name: 'react',
    files: ['app/**/*.{ts,tsx}', 'extensions/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    name: 'tests may assume what they have just arranged',
    files: ['tests/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...noModuleMocks],
    },
  },
);
