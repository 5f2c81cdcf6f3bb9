/** What the action itself adds to a job file's parts: there the API's "required" is not the user's to meet. */
const DERIVED = new Set([
  'TrainingJobName',
  'RoleArn',
  'OutputDataConfig',
  'OutputDataConfig.S3OutputPath',
  'AlgorithmSpecification.TrainingInputMode',
  'CheckpointConfig.S3Uri',
  // Inputs may give the other half; the rules for channels and networks look at both together.
  'InputDataConfig[].DataSource',
  'InputDataConfig[].DataSource.S3DataSource.S3DataType',
  'InputDataConfig[].DataSource.S3DataSource.S3Uri',
  'InputDataConfig[].DataSource.FileSystemDataSource.FileSystemId',
  'InputDataConfig[].DataSource.FileSystemDataSource.FileSystemType',
  'InputDataConfig[].DataSource.FileSystemDataSource.FileSystemAccessMode',
  'InputDataConfig[].DataSource.FileSystemDataSource.DirectoryPath',
  'VpcConfig.Subnets',
  'VpcConfig.SecurityGroupIds',
]);

export function isDerived(path: string): boolean {
  return DERIVED.has(path.replaceAll(/\[\d+\]/g, '[]'));
}
