import {
  Controls,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import styles from './canvas.module.css';

// Loaded after the page, by `flow-picture.tsx`.

export interface CanvasStep extends Record<string, unknown> {
  kind: string;
  text: string;
  figures: string[];
}

interface CanvasProps {
  steps: { id: string; position: { x: number; y: number }; data: CanvasStep }[];
  edges: { id: string; source: string; target: string; label?: string }[];
}

const nodeTypes = { step: StepNode };

/** The flow as boxes and arrows: to look at, not to change. */
export default function Canvas({ steps, edges }: CanvasProps) {
  const nodes: Node<CanvasStep>[] = steps.map((step) => ({
    ...step,
    type: 'step',
    focusable: false,
    draggable: false,
    selectable: false,
  }));
  const arrows: Edge[] = edges.map((edge) => ({
    ...edge,
    type: 'smoothstep',
    markerEnd: { type: MarkerType.ArrowClosed },
    focusable: false,
    selectable: false,
  }));
  return (
    <ReactFlow
      nodes={nodes}
      edges={arrows}
      nodeTypes={nodeTypes}
      fitView
      fitViewOptions={{ maxZoom: 1, minZoom: 0.4, padding: 0.04 }}
      minZoom={0.25}
      maxZoom={1.25}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      preventScrolling={false}
      zoomOnScroll={false}
      proOptions={{ hideAttribution: true }}
    >
      <Controls showInteractive={false} />
    </ReactFlow>
  );
}

function StepNode({ data }: NodeProps<Node<CanvasStep>>) {
  return (
    <div className={styles.step} data-kind={data.kind}>
      {data.kind !== 'trigger' && <Handle type="target" position={Position.Top} className={styles.handle} />}
      <div className={styles.text}>{data.text}</div>
      {data.figures.length > 0 && <div className={styles.figures}>{data.figures.join(' · ')}</div>}
      {data.kind !== 'exit' && <Handle type="source" position={Position.Bottom} className={styles.handle} />}
    </div>
  );
}
