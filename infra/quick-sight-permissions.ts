/**
 * Who may do what with QuickSight's data source and data sets.
 *
 * QuickSight takes the sets of actions that its console knows as owner and viewer, not any mixture of them.
 */

export interface Audience {
  /** ARNs of users and groups that may change and share. */
  readonly owners: readonly string[];
  /** ARNs of those that may build analyses on it. */
  readonly readers: readonly string[];
}

interface Permission {
  readonly principal: string;
  readonly actions: string[];
}

const readDataSource = ["DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource"];
const ownDataSource = [...readDataSource, "UpdateDataSource", "DeleteDataSource", "UpdateDataSourcePermissions"];

const readDataSet = [
  "DescribeDataSet",
  "DescribeDataSetPermissions",
  "PassDataSet",
  "DescribeIngestion",
  "ListIngestions",
];
const ownDataSet = [
  ...readDataSet,
  "UpdateDataSet",
  "DeleteDataSet",
  "CreateIngestion",
  "CancelIngestion",
  "UpdateDataSetPermissions",
];

export function dataSourcePermissions(audience: Audience): Permission[] {
  return permissions(audience, ownDataSource, readDataSource);
}

export function dataSetPermissions(audience: Audience): Permission[] {
  return permissions(audience, ownDataSet, readDataSet);
}

function permissions({ owners, readers }: Audience, own: readonly string[], read: readonly string[]): Permission[] {
  const grant = (names: readonly string[]) => (principal: string) => ({
    principal,
    actions: names.map((name) => `quicksight:${name}`),
  });
  return [...owners.map(grant(own)), ...readers.map(grant(read))];
}
