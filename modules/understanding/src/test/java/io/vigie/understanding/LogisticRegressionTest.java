package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LogisticRegressionTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int PROBLEMS = 60;

    @Test
    void rowsThatAColumnTellsApartAreToldApart() {
        var glad = List.of(row(0, 1), row(0, 2));
        var angry = List.of(row(1, 1), row(1, 3));

        double[] weights = LogisticRegression.learn(glad, angry, 2, 10, 10, 0.001, new Random(1));

        assertThat(weights[0]).isGreaterThan(1);
        assertThat(weights[1]).isLessThan(-1);
    }

    @Test
    void theWeightsAreThoseOfTheReferenceSolver() {
        System.out.println("LogisticRegressionTest: rerun with -Dseed=" + SEED);
        var random = new Random(SEED);
        for (int i = 0; i < PROBLEMS; i++) {
            var drawn = Drawn.of(random);

            double[] found = LogisticRegression.learn(
                    drawn.positive.stream().map(Drawn::row).toList(),
                    drawn.negative.stream().map(Drawn::row).toList(),
                    drawn.width,
                    drawn.cost * drawn.balance,
                    drawn.cost,
                    drawn.precision,
                    new Random(i));

            double[] expected = drawn.reference(i);
            for (int column = 0; column < drawn.width; column++) {
                assertThat(found[column])
                        .as("problem %d column %d", i, column)
                        .isCloseTo(expected[column], within(expected[column]));
            }
        }
    }

    private static Offset<Double> within(double expected) {
        return Offset.offset(1e-9 * Math.max(1, Math.abs(expected)));
    }

    private static SparseRow row(int column, double value) {
        return new SparseRow(new int[] {column}, new double[] {value});
    }

    /**
     * A problem of some rows, with noise that no weights tell apart; mild enough that the reference does not end it with
     * another solver, as it does after 300 passes.
     */
    private record Drawn(
            List<double[]> positive,
            List<double[]> negative,
            int width,
            double cost,
            double balance,
            double precision) {
        static Drawn of(Random random) {
            int width = 1 + random.nextInt(30);
            var positive = new ArrayList<double[]>();
            var negative = new ArrayList<double[]>();
            int rows = 2 + random.nextInt(200);
            for (int i = 0; i < rows; i++) {
                var row = random.doubles(width)
                        .map(value -> value < 0.7 ? 0 : value * (random.nextBoolean() ? 1 : -1))
                        .toArray();
                boolean told = random.nextInt(5) == 0 ? random.nextBoolean() : row[0] > 0;
                (i == 0 || (i > 1 && told) ? positive : negative).add(row);
            }
            double precision = 0.05 + 0.2 * random.nextDouble();
            return new Drawn(positive, negative, width, 0.1 + random.nextDouble(), 1 + random.nextInt(3), precision);
        }

        static SparseRow row(double[] dense) {
            int[] columns =
                    IntStream.range(0, dense.length).filter(i -> dense[i] != 0).toArray();
            return new SparseRow(
                    columns, IntStream.of(columns).mapToDouble(i -> dense[i]).toArray());
        }

        double[] reference(long seed) {
            Linear.disableDebugOutput();
            var problem = new Problem();
            problem.l = positive.size() + negative.size();
            problem.n = width;
            problem.bias = -1;
            problem.x = Stream.concat(positive.stream(), negative.stream())
                    .map(Drawn::features)
                    .toArray(Feature[][]::new);
            problem.y = IntStream.range(0, problem.l)
                    .mapToDouble(i -> i < positive.size() ? 1 : -1)
                    .toArray();
            var parameter = new Parameter(SolverType.L2R_LR_DUAL, cost, precision);
            parameter.setRandom(new Random(seed));
            parameter.setWeights(new double[] {balance}, new int[] {1});
            return Linear.train(problem, parameter).getFeatureWeights();
        }

        private static Feature[] features(double[] dense) {
            return IntStream.range(0, dense.length)
                    .filter(i -> dense[i] != 0)
                    .mapToObj(i -> new FeatureNode(i + 1, dense[i]))
                    .toArray(Feature[]::new);
        }
    }
}
