package io.quarkgres.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkgres.it.Servers;
import io.quarkgres.it.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Hibernate ORM: makes, updates and validates its schema, and works with entities in it.
class HibernateIT {
  private static TestDatabase database;
  private static SessionFactory factory;

  @BeforeAll
  static void start() {
    database = TestDatabase.create(Servers.underTest(), "hibernate_suite");
    factory = factory("create", Author.class, Book.class);
  }

  @AfterAll
  static void stop() {
    factory.close();
    database.close();
  }

  private static SessionFactory factory(String schemaAction, Class<?>... entities) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", database.server().jdbcUrl(database.name()))
            .setProperty("hibernate.hbm2ddl.auto", schemaAction)
            .setProperty("hibernate.hbm2ddl.halt_on_error", "true")
            .setProperty("hibernate.jdbc.batch_size", "20")
            .setProperty("hibernate.order_inserts", "true");
    for (Class<?> entity : entities) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration.buildSessionFactory();
  }

  private static Author author(String name, String... titles) {
    Author author = new Author();
    author.name = name;
    for (String title : titles) {
      Book book = new Book();
      book.title = title;
      book.author = author;
      book.price = new BigDecimal("9.90");
      book.published = LocalDate.of(2024, 2, 29);
      book.at = Instant.parse("2024-02-29T12:34:56.789012Z");
      book.form = Form.PAPER;
      book.cover = new byte[] {0, 1, -1};
      book.embedding = new float[] {1.5f, -0.25f};
      book.tags = List.of("a", "b");
      author.books.add(book);
    }
    return author;
  }

  @Test
  void entitiesComeBackWhole() {
    Long id =
        factory.fromTransaction(session -> {
          Author author = author("whole", "One");
          session.persist(author);
          return author.id;
        });
    factory.inTransaction(session -> {
      Book book = session.find(Author.class, id).books.getFirst();
      assertThat(book.key).isNotNull();
      assertThat(book.price).isEqualByComparingTo("9.90");
      assertThat(book.published).isEqualTo("2024-02-29");
      assertThat(book.at).isEqualTo("2024-02-29T12:34:56.789012Z");
      assertThat(book.form).isEqualTo(Form.PAPER);
      assertThat(book.cover).containsExactly(0, 1, -1);
      assertThat(book.embedding).containsExactly(1.5f, -0.25f);
      assertThat(book.tags).containsExactly("a", "b");
      book.title = "First";
    });
    factory.inTransaction(session -> {
      Author author = session.find(Author.class, id, LockModeType.PESSIMISTIC_WRITE);
      assertThat(author.books.getFirst().title).isEqualTo("First");
      session.remove(author);
    });
    factory.inTransaction(session -> assertThat(session.find(Author.class, id)).isNull());
  }

  @Test
  void queries() {
    factory.inTransaction(session -> {
      for (int i = 0; i < 50; i++) {
        session.persist(author("query " + i, "b" + i, "c" + i));
      }
    });
    factory.inTransaction(session -> {
      assertThat(
              session
                  .createSelectionQuery(
                      "select b.title from Book b join b.author a where a.name like 'query 1%'"
                          + " and b.title like 'b%' order by b.title",
                      String.class)
                  .setFirstResult(2)
                  .setMaxResults(3)
                  .getResultList())
          .containsExactly("b11", "b12", "b13");
      assertThat(
              session
                  .createSelectionQuery(
                      "select count(b), sum(b.price) from Author a join a.books b"
                          + " where a.name like 'query %' group by a.name"
                          + " having count(b) > 1 order by a.name",
                      Object[].class)
                  .getResultList())
          .hasSize(50)
          .first()
          .satisfies(row -> assertThat(row[0]).isEqualTo(2L));
      assertThat(
              session
                  .createSelectionQuery(
                      "from Author a where exists (from Book b where b.author = a"
                          + " and b.title in :titles) order by a.id",
                      Author.class)
                  .setParameterList("titles", List.of("b1", "c2"))
                  .getResultList())
          .extracting(author -> author.name)
          .containsExactly("query 1", "query 2");
      assertThat(
              session
                  .createSelectionQuery(
                      "select extract(year from b.published), upper(b.title),"
                          + " cast(b.price as string) from Book b where b.title = 'b7'",
                      Object[].class)
                  .getSingleResult())
          .containsExactly(2024, "B7", "9.90");
      assertThat(
              session
                  .createMutationQuery("update Book set price = price + 1 where title like 'c%'")
                  .executeUpdate())
          .isEqualTo(50);
      session.createNativeMutationQuery("delete from book_tags").executeUpdate();
    });
  }

  @Test
  void constraintsAreNamed() {
    factory.inTransaction(session -> session.persist(author("unique")));
    assertThatThrownBy(() -> factory.inTransaction(session -> session.persist(author("unique"))))
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            error -> {
              assertThat(error.getSQLState()).isEqualTo("23505");
              assertThat(error.getConstraintName()).isNotNull();
            });
  }

  @Test
  void staleVersionsAreRefused() {
    Long id =
        factory.fromTransaction(session -> {
          Author author = author("version");
          session.persist(author);
          return author.id;
        });
    Author stale = factory.fromTransaction(session -> session.find(Author.class, id));
    factory.inTransaction(session -> session.find(Author.class, id).name = "version 2");
    stale.name = "version 3";
    assertThatThrownBy(() -> factory.inTransaction(session -> session.merge(stale)))
        .isInstanceOf(OptimisticLockException.class);
  }

  @Test
  void schemaIsUpdatedAndValidated() {
    factory("validate", Author.class, Book.class).close();
    factory("update", Author.class, Book.class, Shelf.class).close();
    factory("update", Author.class, Book.class, Shelf.class).close();
    factory("validate", Shelf.class).close();
    assertThat(database.rows("SELECT count(*) FROM shelf")).containsExactly("0");
  }

  enum Form {
    PAPER,
    SCREEN
  }

  @Entity(name = "Author")
  static class Author {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Column(unique = true, length = 60)
    String name;

    @Version int version;

    @OneToMany(
        mappedBy = "author",
        cascade = jakarta.persistence.CascadeType.ALL,
        orphanRemoval = true)
    List<Book> books = new ArrayList<>();
  }

  @Entity(name = "Book")
  static class Book {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    UUID key;

    @ManyToOne(optional = false)
    Author author;

    @Column(nullable = false)
    String title;

    @Column(precision = 8, scale = 2)
    BigDecimal price;

    LocalDate published;
    Instant at;

    @Enumerated(EnumType.STRING)
    Form form;

    byte[] cover;
    float[] embedding;

    @ElementCollection
    @jakarta.persistence.CollectionTable(name = "book_tags")
    @jakarta.persistence.OrderColumn
    List<String> tags = new ArrayList<>();
  }

  @Entity(name = "Shelf")
  static class Shelf {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Integer id;

    double metres;
    boolean open;
  }
}
