import { nextKeys, triggerOf, type FlowDefinition, type FlowNode } from './definition';

export interface FlowPictureNode {
  id: string;
  type: FlowNode['kind'];
  position: { x: number; y: number };
  data: FlowNode;
}

export interface FlowPictureEdge {
  id: string;
  source: string;
  target: string;
  /** For the two ways out of a condition. */
  branch?: 'yes' | 'no';
}

/** Nodes and edges as @xyflow takes them. */
export interface FlowPicture {
  nodes: FlowPictureNode[];
  edges: FlowPictureEdge[];
}

const columnWidth = 320;
const rowHeight = 140;

/** The picture of a flow: the trigger on top, each step below the last one that leads to it, branches side by side. */
export function drawFlow(definition: FlowDefinition): FlowPicture {
  const places = layOut(definition);
  const nodes = definition.nodes.map((node) => {
    const place = places.get(node.key) ?? { column: 0, row: 0 };
    return {
      id: node.key,
      type: node.kind,
      position: { x: place.column * columnWidth, y: place.row * rowHeight },
      data: node,
    };
  });
  return { nodes, edges: definition.nodes.flatMap(edgesFrom) };
}

function edgesFrom(node: FlowNode): FlowPictureEdge[] {
  const edge = (target: string, branch?: 'yes' | 'no') => ({
    id: branch ? `${node.key}:${branch}` : node.key,
    source: node.key,
    target,
    ...(branch && { branch }),
  });
  if (node.kind === 'condition') return [edge(node.yes, 'yes'), edge(node.no, 'no')];
  return nextKeys(node).map((target) => edge(target));
}

function layOut(definition: FlowDefinition): Map<string, { column: number; row: number }> {
  const nodes = new Map(definition.nodes.map((node) => [node.key, node]));
  const places = new Map<string, { column: number; row: number }>();
  const place = (key: string, column: number, row: number): void => {
    const known = places.get(key);
    if (known && known.row >= row) return;
    places.set(key, { column: known?.column ?? column, row });
    const node = nodes.get(key);
    if (node) nextKeys(node).forEach((next, index) => place(next, column + index, row + 1));
  };
  place(triggerOf(definition).key, 0, 0);
  return places;
}
