import { BlockStack, Box, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { lazy, Suspense } from 'react';
import type { FlowNode, FlowPicture as Picture } from '~/modules/flows/types';
import type { FlowStepCounts } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import { useInBrowser } from '../use-in-browser';
import styles from './canvas.module.css';
import { stepFigures } from './step-figures';
import { exitsOf, stepText } from './step-text';

const readableZoom = 0.7;
const Canvas = lazy(() => import('./canvas'));

interface FlowPictureProps {
  picture: Picture;
  counts: FlowStepCounts[];
}

/** A flow as a picture, and the same as a list for those who cannot see or point at it. */
export function FlowPicture({ picture, counts }: FlowPictureProps) {
  const format = useFormat();
  const inBrowser = useInBrowser();
  const countsOf = new Map(counts.map((count) => [count.nodeKey, count]));
  const steps = picture.nodes.map(({ id, position, data }) => ({
    id,
    position,
    data: { kind: data.kind, text: stepText(data, format), figures: stepFigures(countsOf.get(id), format) },
  }));
  const edges = picture.edges.map(({ branch, ...edge }) => ({
    ...edge,
    ...(branch && { label: t(`flows.picture.${branch}`) }),
  }));
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack>
          <CardTitle>{t('flows.picture.title')}</CardTitle>
          <Text as="p" tone="subdued" variant="bodySm">
            {t('flows.step.last90Days')}
          </Text>
        </BlockStack>
        <InlineGrid columns={{ xs: 1, lg: ['twoThirds', 'oneThird'] }} gap="400">
          <div
            className={styles.frame}
            role="group"
            aria-label={t('flows.picture.label')}
            style={{ height: `${heightOf(picture)}px` }}
          >
            {inBrowser && (
              <Suspense fallback={null}>
                <Canvas steps={steps} edges={edges} />
              </Suspense>
            )}
          </div>
          <StepList nodes={picture.nodes.map((node) => node.data)} countsOf={countsOf} format={format} />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

/** Enough to see all steps at a size one can read; longer flows are moved. */
function heightOf({ nodes }: Picture): number {
  const lowest = Math.max(0, ...nodes.map((node) => node.position.y));
  return Math.min(800, Math.max(320, lowest * readableZoom + 120));
}

interface StepListProps {
  nodes: FlowNode[];
  countsOf: Map<string, FlowStepCounts>;
  format: Format;
}

function StepList({ nodes, countsOf, format }: StepListProps) {
  const number = new Map(nodes.map((node, index) => [node.key, index + 1]));
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('flows.picture.list')}
      </Text>
      <ol className={styles.list}>
        {nodes.map((node) => (
          <li key={node.key}>
            <Box paddingBlockEnd="100">
              <Text as="span">{stepText(node, format)}</Text>
              {node.kind === 'send' && <EditLink template={node.templateKey} />}
              {exitsOf(node).map(({ to, answer }) =>
                answer === undefined ? null : (
                  <Text key={to} as="p" tone="subdued" variant="bodySm">
                    {answer}: {t('flows.picture.then', { step: number.get(to) ?? to })}
                  </Text>
                ),
              )}
              {stepFigures(countsOf.get(node.key), format).map((text) => (
                <Text key={text} as="p" tone="subdued" variant="bodySm">
                  {text}
                </Text>
              ))}
            </Box>
          </li>
        ))}
      </ol>
    </BlockStack>
  );
}

/** The way from a step to what its e-mail says. */
function EditLink({ template }: { template: string }) {
  return (
    <Text as="p" variant="bodySm">
      <Link
        url={`/app/messages/words?template=${template}`}
        accessibilityLabel={t('flows.step.editNamed', { template: word('template', template) })}
      >
        {t('flows.step.edit')}
      </Link>
    </Text>
  );
}
