package dev.assay.statistics;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Block-to-block noise of mean 0, from kind to unkind. Scales differ; only shapes matter to what is scale-free. */
enum Noise {
    NORMAL {
        @Override
        double draw(RandomGenerator random) {
            return random.nextGaussian();
        }
    },
    /** Student's t with 3 degrees of freedom: the heaviest tail of that family with a variance and a whole number. */
    T3 {
        @Override
        double draw(RandomGenerator random) {
            double chi = 0;
            for (int i = 0; i < 3; i++) {
                double z = random.nextGaussian();
                chi += z * z;
            }
            return random.nextGaussian() / Math.sqrt(chi / 3);
        }
    },
    LAPLACE {
        @Override
        double draw(RandomGenerator random) {
            double size = -Math.log(1 - random.nextDouble());
            return random.nextBoolean() ? size : -size;
        }
    },
    /** One block in ten is disturbed, on a side chosen by chance, with ten times the spread. */
    CONTAMINATED {
        @Override
        double draw(RandomGenerator random) {
            return (random.nextDouble() < 0.1 ? 10 : 1) * random.nextGaussian();
        }
    },
    /** Gamma of shape 8 less its mean: skewness 0.71. */
    SKEWED {
        @Override
        double draw(RandomGenerator random) {
            double sum = 0;
            for (int i = 0; i < 8; i++) {
                sum -= Math.log(1 - random.nextDouble());
            }
            return sum - 8;
        }
    };

    abstract double draw(RandomGenerator random);

    /** What makes the undisturbed values' standard deviation 1; t and contaminated noise keep their tails on top. */
    double unit() {
        return switch (this) {
            case NORMAL, T3, CONTAMINATED -> 1;
            case LAPLACE -> 1 / Math.sqrt(2);
            case SKEWED -> 1 / Math.sqrt(8);
        };
    }

    /** A generator of this noise's own, the same for the same seed. */
    RandomGenerator generator(long seed) {
        return new SplittableRandom(seed + ordinal());
    }
}
