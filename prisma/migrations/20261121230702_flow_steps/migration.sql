-- When a run reached the step it stands at: "24 hours after the last step" is counted from here.
ALTER TABLE flow_runs ADD COLUMN node_since timestamptz(3);
UPDATE flow_runs SET node_since = entered_at;
ALTER TABLE flow_runs ALTER COLUMN node_since SET NOT NULL;
ALTER TABLE flow_runs ADD CONSTRAINT flow_runs_state CHECK (state IN ('waiting', 'done', 'exited'));
ALTER TABLE flow_runs ADD CONSTRAINT flow_runs_due CHECK ((state = 'waiting') = (due_at IS NOT NULL));

-- Which definition in the code a version was made from: another one there means a new version here.
ALTER TABLE flow_versions ADD COLUMN library_hash text NOT NULL DEFAULT '';

-- Due runs are asked for flow by flow: runs of a flow that is off, or of a shop that is gone, hold their place and must
-- not stand in the way of the others. Claiming a batch, and the sweep's "is there one?".
DROP INDEX flow_runs_due;
DROP INDEX flow_runs_due_of_shop;
CREATE INDEX flow_runs_due ON flow_runs (shop_id, flow_key, due_at) WHERE state = 'waiting';

ALTER TABLE send_decisions ADD CONSTRAINT send_decisions_outcome CHECK (outcome IN ('send', 'defer', 'withhold'));
ALTER TABLE send_decisions ADD CONSTRAINT send_decisions_until CHECK ((outcome = 'defer') = (until IS NOT NULL));
-- How many were sent and withheld at each step of a flow, and why.
CREATE INDEX send_decisions_by_step ON send_decisions (shop_id, flow_key, node_key, outcome, reason);
