"""Rolling, 20 instances in batches of 5, as a plain SimPy program: runs per second on one core."""

import random
import statistics
import sys
import time

import simpy

INSTANCES, BATCH = 20, 5
CAPACITY_RPS, DEMAND_RPS = 100.0, 1400.0
DRAIN_S, INTERVAL_S, CHECKS = 20.0, 10.0, 3


class Service:
    """Instances in service, and the requests that find no capacity: an integral that is brought forward at every change."""

    def __init__(self, env):
        self.env = env
        self.in_service = INSTANCES
        self.failed = 0.0
        self.since = 0.0

    def change(self, by):
        now = self.env.now
        self.failed += max(0.0, DEMAND_RPS - self.in_service * CAPACITY_RPS) * (now - self.since)
        self.since = now
        self.in_service += by


def instance(env, service, rng):
    service.change(-1)
    yield env.timeout(DRAIN_S)
    yield env.timeout(rng.uniform(20.0, 40.0))  # install
    yield env.timeout(rng.uniform(10.0, 30.0))  # startup
    yield env.timeout(CHECKS * INTERVAL_S)
    service.change(+1)


def rolling(env, service, rng):
    for first in range(0, INSTANCES, BATCH):
        size = min(BATCH, INSTANCES - first)
        yield env.all_of([env.process(instance(env, service, rng)) for _ in range(size)])


def run(seed):
    rng = random.Random(seed)
    env = simpy.Environment()
    service = Service(env)
    env.process(rolling(env, service, rng))
    env.run()
    return env.now, service.failed


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    began = time.perf_counter()
    results = [run(seed) for seed in range(1, runs + 1)]
    took = time.perf_counter() - began
    durations = sorted(duration for duration, _ in results)
    print(f"{runs} runs in {took:.2f} s: {runs / took:,.0f} runs a second, {took / runs * 1e6:.1f} us a run")
    print(f"duration: mean {statistics.fmean(durations):.2f} s, median {durations[len(durations) // 2]:.2f} s")
    print(f"failed requests: mean {statistics.fmean(failed for _, failed in results):.0f}")


if __name__ == "__main__":
    main()
