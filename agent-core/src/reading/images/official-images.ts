import { imageReference } from './image-reference.ts';
import { nearMatches } from '../near-match.ts';

/** Those of Docker's official images that clusters run most: https://hub.docker.com/search?badges=official */
const names = [
  'alpine', 'amazonlinux', 'busybox', 'caddy', 'cassandra', 'chronograf', 'composer', 'consul', 'couchdb', 'debian', 'docker', 'drupal', 'eclipse-mosquitto',
  'eclipse-temurin', 'elasticsearch', 'elixir', 'fedora', 'fluentd', 'ghost', 'golang', 'gradle', 'haproxy', 'httpd', 'influxdb', 'jenkins', 'joomla', 'kibana',
  'logstash', 'mariadb', 'matomo', 'maven', 'memcached', 'mongo', 'mongo-express', 'mysql', 'nats', 'neo4j', 'nextcloud', 'nginx', 'node', 'openjdk', 'perl', 'php',
  'postgres', 'python', 'rabbitmq', 'redis', 'redmine', 'registry', 'ruby', 'rust', 'solr', 'sonarqube', 'telegraf', 'tomcat', 'traefik', 'ubuntu', 'varnish',
  'vault', 'wordpress', 'zookeeper',
];

/** Official images whose name is nearly this one's, with its tag. */
export function alikeOfficialImages(image: string): readonly string[] {
  const { repository, tag, registry } = imageReference(image);
  if (registry !== 'docker.io' || !repository.startsWith('library/')) return [];
  return nearMatches(repository.slice('library/'.length), names).map((name) => `${name}:${tag}`);
}
