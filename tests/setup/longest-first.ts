import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, by the clock. A file that is new here is at worst run late. */
const longest = [
  'tests/e2e/story.test.ts',
  'tests/integration/convergence.test.ts',
  'tests/integration/platform/queue-postgres.test.ts',
  'tests/e2e/crash.test.ts',
  'tests/integration/referrals/referrals.test.ts',
  'tests/integration/crash/kills.test.ts',
  'tests/http/tenancy.test.ts',
];

/**
 * The order of files: the browser's journey, four minutes of it, begins at once beside everything else, and no worker is
 * left with a long file when the others have nothing to do. All others in Vitest's own order.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(specifications);
    const named = longest.flatMap((file) => rest.filter(({ moduleId }) => moduleId.endsWith(`/${file}`)));
    return [...named, ...rest.filter((specification) => !named.includes(specification))];
  }
}
